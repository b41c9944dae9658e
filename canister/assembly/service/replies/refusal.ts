/** Why a message is not looked at. */
@final
export class Refusal {
  constructor(
    /** An HTTP status. */
    readonly status: u16,
    readonly text: string,
  ) {}
}
