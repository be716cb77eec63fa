/** The models of the fake Messages API: which there are, and how long they live, as `models.retrieve` asks for it. */
const MODELS = /^claude-(haiku-[45]-5|sonnet-(5|5-5|4-6)|opus-(5|5-5|4-[5-8])|fable-5-[12])(-\d{8})?$/;
const ENDING = "claude-haiku-4-5";

export const isModel = (model: string): boolean => MODELS.test(model);

export interface FakeModels {
  /** Of which the lifecycle was asked, in order. */
  readonly asked: readonly string[];
  retire(model: string): void;
  /** Null: there is none of that name. */
  lifecycle(model: string): object | null;
}

export function createModels(): FakeModels {
  const asked: string[] = [];
  const retired = new Set<string>();
  return {
    asked,
    retire: (model) => void retired.add(model),
    lifecycle(model) {
      asked.push(model);
      if (!isModel(model)) return null;
      const ending = model === ENDING;
      return {
        ...{ type: "model", id: model, display_name: model, created_at: "2026-01-01T00:00:00Z" },
        lifecycle: retired.has(model) ? "retired" : ending ? "deprecated" : "active",
        retires_at: ending ? "2026-12-31T00:00:00Z" : null,
        capabilities: null,
      };
    },
  };
}
