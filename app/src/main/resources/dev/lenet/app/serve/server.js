// What the page asks of its server, and the bytes they exchange.

/** The answer's JSON; an Error with the server's own sentence if it refuses. */
async function json(response) {
  const content = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(content.error ?? `The server answered ${response.status}.`);
  }
  return content;
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error('The server is gone. Start it again: java -jar app/target/app.jar serve');
  }
  return json(response);
}

export function get(path) {
  return ask(path);
}

export function post(path, body) {
  return ask(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** Bytes to Base64. */
export function encode(bytes) {
  let text = '';
  for (const byte of bytes) {
    text += String.fromCharCode(byte);
  }
  return btoa(text);
}

/** Base64 to unsigned bytes. */
export function decode(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
