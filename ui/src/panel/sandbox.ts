// A page of a machine's as a document that can do nothing: the server took away what acts, a frame
// without any permission runs no script, and this policy loads nothing.

const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

const STYLE = `
  html { color-scheme: light; background: #fff; color: #1b2430; }
  body { margin: 16px 20px; font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
  h1, h2, h3 { line-height: 1.25; }
  a { color: #1a5caa; text-decoration: underline; }
  table { border-collapse: collapse; }
  th, td { padding: 4px 10px; border: 1px solid #d3dbe4; text-align: start; }
  pre { white-space: pre-wrap; }
  input, button { font: inherit; }
`;

/** The document of a page that the server drew. */
export function pageOf(page: { body: string; language: string }): string {
  const language = /^[A-Za-z]{2}(-[A-Za-z]{2})?$/.test(page.language) ? ` lang="${page.language}"` : '';
  return (
    `<!doctype html><html${language}><head><meta charset="utf-8">` +
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">` +
    `<style>${STYLE}</style></head><body>${page.body}</body></html>`
  );
}
