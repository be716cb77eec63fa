import { Message } from "@zendeskgarden/react-forms";

/** The table's rules speak in lower case, to stand behind a field's name. */
export const asSentence = (issue: string): string => issue.charAt(0).toUpperCase() + issue.slice(1);

/** What is wrong with a field, under the field; nothing when nothing is. */
export function FieldMessage({ issue }: { issue: string | undefined }) {
  if (issue === undefined) return null;
  return (
    <Message validation="error" validationLabel="Error">
      {asSentence(issue)}
    </Message>
  );
}
