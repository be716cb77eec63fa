import { Message } from "@zendeskgarden/react-forms";

/** What is wrong with a field, under the field; nothing when nothing is. */
export function FieldMessage({ issue }: { issue: string | undefined }) {
  if (issue === undefined) return null;
  return (
    <Message validation="error" validationLabel="Error">
      {issue}
    </Message>
  );
}
