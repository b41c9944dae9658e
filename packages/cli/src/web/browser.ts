// Shows a page to whoever sits in front of this machine.
import type { Output } from '../output.js';

/** Whether there is somebody, and a screen. */
function hasScreen({ stderr }: Output): boolean {
  const { CI, DISPLAY, WAYLAND_DISPLAY, BROWSER, SSH_CONNECTION } = process.env;
  if (CI || !stderr.isTTY) return false;
  if (process.platform !== 'linux') return !SSH_CONNECTION;
  return Boolean(DISPLAY || WAYLAND_DISPLAY || BROWSER || process.env.WSL_DISTRO_NAME);
}

/** Opens an address in the browser, if there is one; a failure is a remark. */
export async function showPage(output: Output, url: string): Promise<void> {
  if (!hasScreen(output)) return;
  try {
    const { default: open } = await import('open');
    const child = await open(url);
    child.once('error', (error) => output.note(`No browser opens: ${error.message}`));
  } catch (error) {
    output.note(`No browser opens: ${error instanceof Error ? error.message : error}`);
  }
}
