// Counts what GET /metrics reports, in the format of Prometheus.

const MEMBER_HEAD = ['# TYPE llama_gateway_canister_up gauge', '# TYPE llama_gateway_canister_open gauge'];

export class Tally {
  readonly #requests = new Map<string, number>();
  #tokens = 0;
  #seconds = 0;

  request(route: string, status: number, ms: number): void {
    const labels = `route="${route}",status="${status}"`;
    this.#requests.set(labels, (this.#requests.get(labels) ?? 0) + 1);
    this.#seconds += ms / 1000;
  }

  used(tokens: number): void {
    this.#tokens += tokens;
  }

  report(
    openStreams: number,
    models: readonly { id: string; ready: boolean }[],
    members: readonly { canister: string; up: boolean; open: number }[],
  ): string {
    const quoted = (text: string) => text.replace(/[\\"\n]/g, '_');
    return [
      '# HELP llama_gateway_requests_total Requests that were answered.',
      '# TYPE llama_gateway_requests_total counter',
      ...[...this.#requests].map(([labels, count]) => `llama_gateway_requests_total{${labels}} ${count}`),
      '# HELP llama_gateway_request_seconds_total Seconds until answers began.',
      '# TYPE llama_gateway_request_seconds_total counter',
      `llama_gateway_request_seconds_total ${this.#seconds}`,
      '# HELP llama_gateway_tokens_total Tokens of prompts and answers that have ended.',
      '# TYPE llama_gateway_tokens_total counter',
      `llama_gateway_tokens_total ${this.#tokens}`,
      '# HELP llama_gateway_open_streams Streams that have not ended.',
      '# TYPE llama_gateway_open_streams gauge',
      `llama_gateway_open_streams ${openStreams}`,
      '# HELP llama_gateway_model_ready Whether a model can be asked.',
      '# TYPE llama_gateway_model_ready gauge',
      ...models.map(({ id, ready }) => `llama_gateway_model_ready{model="${quoted(id)}"} ${ready ? 1 : 0}`),
      ...(members.length === 0 ? [] : MEMBER_HEAD),
      ...members.flatMap(({ canister, up, open }) => [
        `llama_gateway_canister_up{canister="${quoted(canister)}"} ${up ? 1 : 0}`,
        `llama_gateway_canister_open{canister="${quoted(canister)}"} ${open}`,
      ]),
      '',
    ].join('\n');
  }
}
