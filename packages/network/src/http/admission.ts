/**
 * Decides who may talk to the network. Two kinds of requests are refused: those by a name that only a foreign name
 * server points here (DNS rebinding), and those sent by pages of other sites, because the browser would send them as
 * the anonymous principal.
 */
import { isIP } from 'node:net';
import { namedHosts } from '../gateway/resolution.js';

export interface AdmissionOptions {
  /** Other names of the network, with their sub-domains. */
  domains: readonly string[];
  /** Origins of pages that may use the API, as browsers write them: `https://page.example`. */
  origins: readonly string[];
  /** File of hosts that stand for canisters. */
  customDomains: string | undefined;
}

const withoutPort = (host: string) => host.replace(/:\d+$/, '').toLowerCase();
const address = (host: string) => host.replace(/^\[(.*)\]$/, '$1');
const isWithin = (host: string, domain: string) => host === domain || host.endsWith(`.${domain}`);
const isLoopback = (host: string) =>
  isWithin(host, 'localhost') || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'));

export class Admission {
  private readonly options: AdmissionOptions;

  constructor(options: AdmissionOptions) {
    this.options = options;
  }

  private isOurName(host: string): boolean {
    const { domains, customDomains } = this.options;
    return (
      isLoopback(host) ||
      domains.some((domain) => isWithin(host, domain.toLowerCase())) ||
      namedHosts(customDomains).has(host)
    );
  }

  /** Why a request is refused because of the name that it was sent to; undefined when it is not. */
  hostRefusal(header: string): string | undefined {
    const host = withoutPort(header);
    // An address is no name that anybody could point elsewhere.
    if (host === '' || isIP(address(host)) !== 0 || this.isOurName(host)) return undefined;
    return `"${host}" is no name of this network. If it should be, start it with --domain ${host} (\`domains\` in Network.start).`;
  }

  /** Why a page may not use the API; undefined when it may. */
  originRefusal(origin: string | undefined, header: string): string | undefined {
    if (origin === undefined || this.options.origins.includes(origin)) return undefined;
    let host = '';
    try {
      host = new URL(origin).hostname.toLowerCase();
    } catch {
      // `null` is the origin of the pages that browsers trust least.
    }
    if (host !== '' && (this.isOurName(host) || host === withoutPort(header))) return undefined;
    return `Pages of ${origin} may not use this network. If they should, start it with --origin ${origin} (\`origins\` in Network.start).`;
  }
}
