import { useEffect, useState } from "react";
import { ago, exactly } from "./wording.ts";

const TICK_MS = 10_000;

/** A time as people say it, with the exact one on hover and for machines. */
export function Moment({ at }: { at: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={exactly(at)}>
      {ago(at, Math.max(now, Date.parse(at)))}
    </time>
  );
}
