/** Which list a decision was opened from: kept in the browser's history, so that the way back leads there. */
import { useSearch } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import { z } from "zod";

const ListState = z.object({ list: z.string() });

/** For the links of the list that is shown now. */
export const useListState = (): z.infer<typeof ListState> => ({ list: useSearch() });

/** Where the list is that led here; all decisions when somebody came by an address. */
export function useListAddress(): string {
  const found = ListState.safeParse(useHistoryState());
  return found.success && found.data.list !== "" ? `/?${found.data.list}` : "/";
}
