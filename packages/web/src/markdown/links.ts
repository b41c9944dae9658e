/** Where a link may lead; undefined for anything that is not another page or a mail. */
export function safeLink(href: string): string | undefined {
  let url: URL;
  try {
    url = new URL(href.trim());
  } catch {
    return undefined;
  }
  return ['https:', 'http:', 'mailto:'].includes(url.protocol) ? url.href : undefined;
}
