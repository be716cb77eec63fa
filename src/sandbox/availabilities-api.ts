/**
 * /api/v2/agent_availabilities: who is there, in JSON:API's manner. The parts are documented (attributes, channels,
 * ids like `agent_availabilities|10011|channels|messaging`, cursor pages only); how the list puts its channels is
 * taken from the single parts: as relationships, with the channels themselves under `included`.
 */
import { type Request, Router } from "express";
import type { Account } from "./account.ts";
import type { Api } from "./api.ts";
import { badRequest, notFound } from "./api-error.ts";
import { type AgentStatus, availabilityOf, openTicketsOf, routingOf, STATUS_IDS } from "./availability.ts";
import { paged } from "./paging.ts";
import { idOf } from "./principal.ts";
import type { UserRecord } from "./records.ts";

const TYPE = "agent_availabilities";
const CHANNELS = ["messaging", "support", "talk"] as const;

export function availabilitiesApi({ account }: Api): Router {
  const router = Router();
  router.get("/", (request, response) => {
    if (request.query["page"] !== undefined || request.query["per_page"] !== undefined)
      throw badRequest("InvalidPaginationParameter", "Offset pagination is not supported; use page[size].");
    const agents = account.users.all().filter(({ role }) => role !== "end-user");
    const wanted = agents.filter((agent) => isWanted(account, agent, request));
    request.query["page[size]"] ??= "100";
    const page = paged(request, "data", wanted, (agent) => resource(account, agent));
    const included = wanted
      .filter((agent) => isOn(page["data"], agent))
      .flatMap((agent) => channels(account, agent));
    response.json({ ...page, included });
  });
  router.get("/agent_statuses", (_request, response) => {
    const data = Object.entries(STATUS_IDS).map(([name, id]) => ({
      id: `agent_statuses|${id}`,
      type: "agent_statuses",
      attributes: { name, description: "", channels: channelStatuses(name as AgentStatus) },
    }));
    response.json({ data });
  });
  router.get("/:id", (request, response) => {
    const agent = account.users.get(idOf(request));
    if (agent === undefined || agent.role === "end-user") throw notFound();
    response.json({ data: resource(account, agent), included: channels(account, agent) });
  });
  return router;
}

const isOn = (data: unknown, { id }: UserRecord): boolean =>
  Array.isArray(data) && data.some((one) => one.id === `${TYPE}|${id}`);

/** `filter[group_ids]`, `filter[agent_status_id]` and `filter[channel_status]=support:online` */
function isWanted(account: Account, agent: UserRecord, { query }: Request): boolean {
  const { status } = availabilityOf(account, agent);
  const groupIds = query["filter[group_ids]"];
  const statusId = query["filter[agent_status_id]"];
  const [channel, wanted] = String(query["filter[channel_status]"] ?? "").split(":");
  const inGroup =
    groupIds === undefined ||
    String(groupIds)
      .split(",")
      .some((id) => agent.group_ids.includes(Number(id)));
  const inStatus = statusId === undefined || STATUS_IDS[status] === Number(statusId);
  return inGroup && inStatus && (!channel || channelStatuses(status)[channel] === wanted);
}

/** Away takes e-mail alone. */
function channelStatuses(status: AgentStatus): Record<string, string> {
  const shown = status === "away" ? "offline" : status;
  return { messaging: shown, support: shown, talk: shown };
}

function resource(account: Account, agent: UserRecord): Record<string, unknown> {
  const { status, version, updated_at } = availabilityOf(account, agent);
  const unified = { id: STATUS_IDS[status], name: status, reason: "UNKNOWN", updated_at };
  return {
    id: `${TYPE}|${agent.id}`,
    type: TYPE,
    attributes: {
      agent_id: agent.id,
      ...(routingOf(account).on ? { agent_status: unified } : {}),
      group_ids: agent.group_ids,
      skills: [],
      version,
    },
    relationships: {
      channels: {
        data: CHANNELS.map((name) => ({ id: `${TYPE}|${agent.id}|channels|${name}`, type: "channels" })),
      },
    },
    links: { self: `/api/v2/${TYPE}/${agent.id}` },
  };
}

function channels(account: Account, agent: UserRecord): Record<string, unknown>[] {
  const { status, capacity, updated_at } = availabilityOf(account, agent);
  const tickets = openTicketsOf(account, agent.id);
  return CHANNELS.map((name) => {
    const items = tickets.filter((id) => channelOf(account, id) === name);
    const id = `${TYPE}|${agent.id}|channels|${name}`;
    return {
      id,
      type: "channels",
      attributes: {
        name,
        status: channelStatuses(status)[name],
        max_capacity: capacity,
        work_item_count: items.length,
        updated_at,
      },
      relationships: {
        work_items: { data: items.map((item) => ({ id: `${id}|work_items|${item}`, type: "work_items" })) },
      },
    };
  });
}

function channelOf({ tickets }: Account, ticketId: number): (typeof CHANNELS)[number] {
  const channel = tickets.get(ticketId)?.ticket.via.channel;
  if (channel === "native_messaging") return "messaging";
  return channel === "voice" ? "talk" : "support";
}
