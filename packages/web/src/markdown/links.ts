/** The address of a link; undefined unless it leads to a web page or a mail address. */
export function safeLink(href: string): string | undefined {
  let url: URL;
  try {
    url = new URL(href.trim());
  } catch {
    return undefined;
  }
  return ['https:', 'http:', 'mailto:'].includes(url.protocol) ? url.href : undefined;
}
