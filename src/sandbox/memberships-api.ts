/** Who works in which group: /api/v2/group_memberships and what groups and users say of it. */
import { Router } from "express";
import type { Account } from "./account.ts";
import type { Api } from "./api.ts";
import { notFound } from "./api-error.ts";
import { canBeAssigned } from "./availability.ts";
import { originOf, paged } from "./paging.ts";
import { idOf } from "./principal.ts";
import type { UserRecord } from "./records.ts";
import { userJson } from "./ticket-json.ts";

interface Membership {
  readonly id: number;
  readonly user_id: number;
  readonly group_id: number;
  readonly default: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Memberships are kept with the users; their ids come out of both ids, so that they stay the same. */
const ID_SPACE = 10_000_000;
const membershipId = (userId: number, groupId: number): number =>
  (userId % ID_SPACE) * ID_SPACE + (groupId % ID_SPACE);

const membershipsOf = ({ id, group_ids, created_at }: UserRecord): Membership[] =>
  group_ids.map((groupId, index) => ({
    id: membershipId(id, groupId),
    user_id: id,
    group_id: groupId,
    default: index === 0,
    created_at,
    updated_at: created_at,
  }));

const allOf = ({ users, groups }: Account): Membership[] =>
  users
    .all()
    .flatMap(membershipsOf)
    .filter(({ group_id }) => groups.get(group_id)?.deleted === false);

export function membershipsApi({ account }: Api): Router {
  const router = Router();
  const groupExists = (id: number): void => {
    if (account.groups.get(id) === undefined) throw notFound();
  };
  router.get("/group_memberships", (request, response) => {
    response.json(paged(request, "group_memberships", allOf(account)));
  });
  router.get(["/group_memberships/assignable", "/groups/:id/memberships/assignable"], (request, response) => {
    const groupId = request.params["id"] === undefined ? null : idOf(request);
    const wanted = allOf(account).filter(({ user_id, group_id }) => {
      const user = account.users.get(user_id);
      return user !== undefined && canBeAssigned(user) && (groupId === null || group_id === groupId);
    });
    response.json(paged(request, "group_memberships", wanted));
  });
  router.get("/group_memberships/:id", (request, response) => {
    const found = allOf(account).find(({ id }) => id === idOf(request));
    if (found === undefined) throw notFound();
    response.json({ group_membership: found });
  });
  router.get("/groups/:id/memberships", (request, response) => {
    const groupId = idOf(request);
    groupExists(groupId);
    const wanted = allOf(account).filter(({ group_id }) => group_id === groupId);
    response.json(paged(request, "group_memberships", wanted));
  });
  router.get("/users/:id/group_memberships", (request, response) => {
    const userId = idOf(request);
    if (account.users.get(userId) === undefined) throw notFound();
    const wanted = allOf(account).filter(({ user_id }) => user_id === userId);
    response.json(paged(request, "group_memberships", wanted));
  });
  router.get("/groups/:id/users", (request, response) => {
    const groupId = idOf(request);
    groupExists(groupId);
    const members = account.users.all().filter((user) => user.group_ids.includes(groupId));
    response.json(paged(request, "users", members, (user) => userJson(user, originOf(request))));
  });
  return router;
}
