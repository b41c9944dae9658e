/**
 * One run of the cleanup: a part of the table of files, from where the last run has ended. It needs no memory, whatever
 * there is and however long its names are, and looks at an entry in about 1,000 instructions.
 *
 * A caller's folder, `.canister_cache/PRINCIPAL`, has the sessions in `sessions` and the saved chats in `db_chats`. Those
 * that nobody has used for their time to live go, and with them the folders that are empty then.
 */
import { now } from '../../ic/clock';
import { instructions } from '../../ic/performance';
import { Scan } from '../../storage/scan';
import { CHATS, OWN_FILES, SESSIONS } from '../access/session-path';

const SECOND: u64 = 1_000_000_000;

const SESSIONS_NAME: ArrayBuffer = String.UTF8.encode(SESSIONS);
const CHATS_NAME: ArrayBuffer = String.UTF8.encode(CHATS);

/** Where the run goes on that comes next: an upgrade has it begin at the start. */
let reached: u32 = 0;


@final
export class CleanupPass {
  /** Sessions that were looked at, and removed. */
  examined: u64 = 0;
  deleted: u64 = 0;
  /** Saved chats that were removed. */
  chats: u64 = 0;
  private readonly time: u64 = now();

  constructor(
    /** Seconds. */
    private readonly sessionsTtl: u64,
    private readonly chatsTtl: u64,
    /** Sessions that are looked at, at most. */
    private readonly files: u64,
    /** No more is begun when the message has executed so many instructions. */
    private readonly limit: u64,
  ) {}

  private get isFull(): bool {
    return this.examined >= this.files || instructions() > this.limit;
  }

  private isStale(modified: u64, seconds: u64): bool {
    return this.time >= modified && this.time - modified >= seconds * SECOND;
  }

  run(): void {
    const scan = Scan.below(OWN_FILES, reached);
    if (scan === null) return;
    while (!this.isFull && scan.next()) this.look(scan);
    reached = scan.position;
  }

  private look(scan: Scan): void {
    if (!scan.isBelow) return;
    if (scan.isDirectory) {
      if (scan.isEmpty) scan.remove();
      return;
    }
    if (scan.isIn(SESSIONS_NAME)) {
      ++this.examined;
      if (!this.isStale(scan.modified, this.sessionsTtl)) return;
      ++this.deleted;
      scan.remove();
    } else if (scan.isIn(CHATS_NAME) && this.isStale(scan.modified, this.chatsTtl)) {
      ++this.chats;
      scan.remove();
    }
  }
}
