// The ticket's sidebar, from what Switchyard leaves on the ticket: its tags. No server and no settings needed.
(() => {
  const client = window.ZAFClient?.init();
  if (!client) return show("Open this in a Zendesk ticket.", {}, "");

  const tagsPath = "ticket.tags";
  const groupPath = "ticket.assignee.group.name";

  /** `billing_inquiries` → `Billing inquiries` */
  const words = (id) => id.charAt(0).toUpperCase() + id.slice(1).replaceAll("_", " ");
  const ending = (tags, prefix) => tags.find((tag) => tag.startsWith(prefix))?.slice(prefix.length);

  async function refresh() {
    const answer = await client.get([tagsPath, groupPath]);
    const tags = answer[tagsPath] ?? [];
    const intent = ending(tags, "sy_intent_");
    const facts = {
      Team: answer[groupPath],
      Intent: intent && words(intent),
      Confidence: ending(tags, "sy_confidence_"),
    };
    if (tags.includes("sy_review")) {
      show(
        "Please check the team",
        facts,
        "Switchyard was not sure enough to decide alone. Its note says why.",
      );
    } else if (tags.includes("sy_routed")) {
      show("Routed by Switchyard", facts, "Wrong team? Move the ticket. Switchyard never moves it back.");
    } else {
      show(
        "Not routed by Switchyard",
        {},
        "The ticket came before it, was assigned by a person, or is still being read.",
      );
    }
    client.invoke("resize", { width: "100%", height: `${document.body.scrollHeight + 8}px` });
  }

  client.on("app.registered", refresh);
  client.on("ticket.tags.changed", refresh);
  client.on("ticket.assignee.group.id.changed", refresh);

  function show(headline, facts, advice) {
    document.getElementById("headline").textContent = headline;
    document.getElementById("advice").textContent = advice;
    const rows = Object.entries(facts).filter(([, value]) => value);
    document.getElementById("facts").replaceChildren(
      ...rows.flatMap(([name, value]) => {
        const term = document.createElement("dt");
        const description = document.createElement("dd");
        term.textContent = name;
        description.textContent = value;
        return [term, description];
      }),
    );
  }
})();
