/** Damage in a state folder, and the cost of repairing it. */

export interface Damage {
  /** The damage and its place. */
  what: string;
  /** The loss, or the substitute, when the folder is repaired. */
  repair: string;
}

/** A state folder is damaged; nothing in it has been changed. */
export class DamagedStateError extends Error {
  readonly damage: readonly Damage[];

  constructor(folder: string, damage: readonly Damage[]) {
    const list = damage.map(({ what, repair }) => `  ${what}\n    to repair it: ${repair}`);
    const text = `the network's state in ${folder} is damaged; nothing has been changed:\n${list.join('\n')}
Start with --repair (\`repair: true\` in Network.start) to do what is said here and go on. What was there is kept in a folder before-repair-N beside.`;
    super(text);
    this.name = 'DamagedStateError';
    this.damage = damage;
  }
}
