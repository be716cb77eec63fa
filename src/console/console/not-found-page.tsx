import { Link } from "wouter";
import { PageHeading } from "./page-heading.tsx";

export function NotFoundPage() {
  return (
    <>
      <PageHeading title="There is no such page" />
      <p>
        <Link href="/">Go to the decisions</Link>
      </p>
    </>
  );
}
