import { Button } from "@zendeskgarden/react-buttons";
import { Alert, Title } from "@zendeskgarden/react-notifications";
import { sentenceOf } from "./request.ts";

/** Something could not be loaded: what, why, and a way to try again. */
export function Trouble({ title, error, onRetry }: { title: string; error: unknown; onRetry: () => void }) {
  return (
    <Alert type="error" role="alert" className="block">
      <Title>{title}</Title>
      {sentenceOf(error)}
      <div className="actions">
        <Button size="small" onClick={onRetry}>
          Try again
        </Button>
      </div>
    </Alert>
  );
}
