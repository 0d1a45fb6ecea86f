# What `convo convert --from openai --to looker` makes of the records of the bench, to the byte, and no more: nothing is
# validated, and what is lost is not told.
{ id, name: .metadata.title, created_at: (.created_at | todate),
  messages: [.items[] | select(.type == "message") |
    if .role == "user" then
      { id, type: "user", message: { userMessage: { text: ([.content[].text] | join("\n")) } } }
    else
      { id, type: "system", message: { systemMessage: { text: { parts: [.content[].text], textType: "FINAL_RESPONSE" } } } }
    end] }
