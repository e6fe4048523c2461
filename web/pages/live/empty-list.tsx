// What stands there as long as there is no message.
export const EmptyList = () => (
  <div class="empty">
    <p>No message yet. What is sent by anybody appears here at once: from the form, or from a terminal:</p>
    <pre>{`curl -X POST '${location.origin}/endpoint/' \\\n  -H 'content-type: application/json' \\\n  -d '{"hello": "world"}'`}</pre>
  </div>
);
