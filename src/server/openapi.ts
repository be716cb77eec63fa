/** The API's description, made from the very declarations that answer requests. */
import { z } from "zod";
import { ErrorJson } from "./http-error.ts";
import type { Route } from "./route.ts";

type Json = Record<string, unknown>;

const REFUSALS: Readonly<Record<number, string>> = {
  400: "The query or the address cannot be read",
  401: "Not signed in",
  404: "There is no such thing",
  409: "Somebody published a newer version meanwhile; `current_version` names it",
  415: "The body is not JSON",
  422: "The body is not valid; `issues` says where",
  429: "Too many failed sign-ins; Retry-After says how long to wait",
  503: "Something behind the server is not answering; try again after Retry-After",
};

/** @param base where the routes are mounted: `/api/v1` */
export function openApiDocument(routes: readonly Route[], base: string): Json & { openapi: string } {
  const components: Json = {};
  const schemaOf = (schema: z.ZodType, io: "input" | "output"): Json => hoisted(schema, io, components);
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[base + route.path] = {
      ...paths[base + route.path],
      [route.method]: operationOf(route, schemaOf),
    };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Switchyard",
      version: "1",
      description: "Decisions, the routing table and its history, and the queue.",
    },
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "ADMIN_TOKEN, or the token of a session" },
      },
    },
  };
}

type SchemaOf = (schema: z.ZodType, io: "input" | "output") => Json;

function operationOf(route: Route, schemaOf: SchemaOf): Json {
  const json = (schema: z.ZodType, io: "input" | "output"): Json => ({
    "application/json": { schema: schemaOf(schema, io) },
  });
  return {
    operationId: `${route.method}${route.path.replace(/[^a-z]+([a-z])/g, (_all, letter) => letter.toUpperCase()).replace(/\W/g, "")}`,
    summary: route.summary,
    security: route.access === "admin" ? [{ bearer: [] }] : [],
    parameters: [
      ...parametersOf(route.params, "path", schemaOf),
      ...parametersOf(route.query, "query", schemaOf),
    ],
    ...(route.body === null
      ? {}
      : { requestBody: { required: !route.body.safeParse({}).success, content: json(route.body, "input") } }),
    responses: {
      [route.status]: { description: "Done", content: json(route.response, "output") },
      ...Object.fromEntries(
        refusalsOf(route).map((status) => [
          status,
          { description: REFUSALS[status], content: json(ErrorJson, "output") },
        ]),
      ),
    },
  };
}

const refusalsOf = (route: Route): number[] => [
  ...new Set([
    400,
    // Signing in is open, and still says 401 to a wrong code.
    ...(route.access === "admin" || route.refusals.includes(429) ? [401] : []),
    ...(route.body === null ? [] : [415, 422]),
    ...route.refusals,
    503,
  ]),
];

const parametersOf = (shape: z.ZodObject, where: "path" | "query", schemaOf: SchemaOf): Json[] =>
  Object.entries(shape.shape).map(([name, field]) => ({
    name,
    in: where,
    required: !z.safeParse(field, undefined).success,
    // What the text of an address stands for, not the text itself.
    schema: schemaOf(z.object({ field }).shape.field, "output"),
  }));

/** Schemas that have a name stand once, under components, and everybody else refers to them. */
function hoisted(schema: z.ZodType, io: "input" | "output", components: Json): Json {
  const {
    $schema: _dialect,
    $defs = {},
    ...own
  } = z.toJSONSchema(z.object({ schema }), { io, unrepresentable: "any", target: "draft-2020-12" });
  for (const [name, definition] of Object.entries($defs)) components[name] = pointed(definition);
  const properties: unknown = pointed(own.properties);
  return (properties as { schema: Json }).schema;
}

/** The same schema with references into the document instead of into itself. */
function pointed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === "$ref" && typeof inner === "string"
        ? [key, inner.replace("#/$defs/", "#/components/schemas/")]
        : [key, pointed(inner)],
    ),
  );
}
