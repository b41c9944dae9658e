/** The canister cannot be asked, or its answer cannot be used; the client gets the status and the text. */
export class GatewayError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
