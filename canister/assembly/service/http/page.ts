/** The page for people: what this canister is, and its status, which the page fetches itself. */
import { sha256 } from '../../storage/sha256';
import { base64, utf8 } from './bytes';
import { Header } from './response';

const STYLE: string =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:40em;margin:4em auto;padding:0 1em;color:#222;background:#fff}' +
  'dt{font-weight:600}dd{margin:0 0 .5em}' +
  '@media(prefers-color-scheme:dark){body{color:#ddd;background:#111}a{color:#8cf}}';

const SCRIPT: string =
  // If the page's address names the canister (?canisterId=), so do the page's requests.
  'for(const a of document.links)a.search=location.search;' +
  'fetch("/status"+location.search).then(r=>r.json()).then(s=>{const l=document.getElementById("status");l.textContent="";' +
  'const show=(o,p)=>{for(const[k,v]of Object.entries(o)){if(v!==null&&typeof v==="object"){show(v,p+k+" ");continue}' +
  'const t=document.createElement("dt"),d=document.createElement("dd");t.textContent=(p+k).replaceAll("_"," ");' +
  'd.textContent=typeof v==="number"?v.toLocaleString():String(v);l.append(t,d)}};show(s,"")})' +
  '.catch(()=>{document.getElementById("status").textContent="The status could not be read."})';

/** A page, and headers that restrict what it may do. */
@final
export class Page {
  constructor(
    readonly html: string,
    readonly headers: Header[],
  ) {}
}

function hashOf(text: string): string {
  const bytes = utf8(text);
  return base64(sha256(changetype<usize>(bytes), bytes.byteLength));
}

export function page(): Page {
  const html =
    '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n' +
    '<meta name="viewport" content="width=device-width,initial-scale=1">\n<title>llama canister</title>\n' +
    `<style>${STYLE}</style>\n<h1>llama canister</h1>\n` +
    '<p>A language model that answers inside a canister of the Internet Computer. This page is certified by the ' +
    'subnet; what follows is what the replica that was asked says.</p>\n' +
    '<dl id="status"><dd>See <a href="/status">/status</a>.</dd></dl>\n' +
    '<p>For programs: <a href="/status">/status</a> (JSON), <a href="/metrics">/metrics</a> (Prometheus).</p>\n' +
    `<script>${SCRIPT}</script>\n</html>\n`;
  const policy =
    `default-src 'none'; style-src 'sha256-${hashOf(STYLE)}'; script-src 'sha256-${hashOf(SCRIPT)}'; ` +
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  return new Page(html, [new Header('content-security-policy', policy)]);
}
