/** What the simulated account shows of itself, and what its people can do. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { request } from "../request.ts";

const POLL_MS = 1_000;
const URL = "/sandbox/api";

const Ticket = z.object({
  id: z.number().int(),
  subject: z.string(),
  description: z.string(),
  status: z.string(),
  priority: z.string().nullable(),
  tags: z.array(z.string()),
  group_id: z.number().int().nullable(),
  group_name: z.string().nullable(),
  requester: z.object({ name: z.string(), email: z.string(), locale: z.string().nullish() }),
  channel: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  note_html: z.string().nullable(),
  /** Who moved it after Switchyard did. */
  moved_by: z.string().nullable(),
  comments: z.array(
    z.object({
      author: z.string(),
      public: z.boolean(),
      plain_body: z.string(),
      html_body: z.string(),
      created_at: z.string(),
    }),
  ),
  history: z.array(z.object({ at: z.string(), actor: z.string(), actor_kind: z.string(), text: z.string() })),
});
export type Ticket = z.infer<typeof Ticket>;

const InboxAnswer = z.object({
  groups: z.array(z.object({ id: z.number().int(), name: z.string() })),
  tickets: z.array(Ticket),
  /** What reads the tickets, where the sandbox knows it. */
  classifier: z.object({ kind: z.enum(["claude", "local"]), model: z.string().nullish() }).nullish(),
  /** Where the console is, and how to get in, where the sandbox knows it. */
  console_url: z.string().nullish(),
});
export type InboxAnswer = z.infer<typeof InboxAnswer>;

const KEY = ["inbox"];

export function useInbox() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => request(`${URL}/inbox`, InboxAnswer, { signal }),
    refetchInterval: POLL_MS,
  });
}

export interface NewTicket {
  readonly name: string;
  readonly email: string;
  readonly subject: string;
  readonly description: string;
}

export function useWriteTicket() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (ticket: NewTicket) =>
      request(`${URL}/tickets`, z.object({ id: z.number().int() }), { method: "POST", body: ticket }),
    onSuccess: () => cache.invalidateQueries({ queryKey: KEY }),
  });
}

export function useMoveTicket() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (move: { ticketId: number; groupId: number }) =>
      request(`${URL}/tickets/${move.ticketId}/move`, z.unknown(), {
        method: "POST",
        body: { group_id: move.groupId },
      }),
    onSuccess: () => cache.invalidateQueries({ queryKey: KEY }),
  });
}

/** What a person does with a ticket besides moving it. */
export type Deed =
  | { readonly name: "customer-reply" | "agent-reply"; readonly body: { readonly text: string } }
  | { readonly name: "rate"; readonly body: { readonly score: "good" | "bad" } }
  | { readonly name: "merge"; readonly body: { readonly target_id: number } }
  | { readonly name: "take" | "solve" | "delete" | "restore" | "erase" | "spam"; readonly body?: never };

export function useDeed(ticketId: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ name, body }: Deed) =>
      request(`${URL}/tickets/${ticketId}/${name}`, z.unknown(), { method: "POST", body: body ?? {} }),
    onSuccess: () => cache.invalidateQueries({ queryKey: KEY }),
  });
}

/** A visitor opens a chat and has not said anything yet. */
export function useStartConversation() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () =>
      request(`${URL}/conversations`, z.object({ id: z.number().int() }), { method: "POST", body: {} }),
    onSuccess: () => cache.invalidateQueries({ queryKey: KEY }),
  });
}
