import type { TicketInput } from "./door.ts";
export const SCENARIO: readonly (TicketInput & { readonly key: string })[] = [];
