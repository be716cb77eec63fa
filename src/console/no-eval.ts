/**
 * The pages' content policy forbids eval. Zod would try it to compile its schemas, and the browser would report
 * the attempt; so this file comes before every import that makes a schema.
 */
import { config } from "zod";

config({ jitless: true });
