/** A gauge that is counted anew for each scrape. */
import { Gauge, type Registry } from "prom-client";

interface Counted {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
  /** Keyed by the labels' values, `a` or `a:b`. */
  readonly counts: () => Promise<Record<string, number>>;
}

export function countsGauge(registry: Registry, { name, help, labelNames, counts }: Counted): void {
  new Gauge({
    name,
    help,
    labelNames,
    registers: [registry],
    async collect() {
      this.reset();
      // A scrape must work best when the store does not: no number is better than an old one.
      const now = await counts().catch(() => ({}));
      for (const [key, count] of Object.entries(now)) {
        const values = key.split(":");
        this.set(Object.fromEntries(labelNames.map((label, place) => [label, values[place] ?? ""])), count);
      }
    },
  });
}
