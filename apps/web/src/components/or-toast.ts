import { readFailure } from '@/api/read-failure';
import { showToast } from './toast-store';

/**
 * Runs an act whose failure has no better place than a message at the edge of the page. Resolves to true when it went
 * well; never rejects.
 */
export async function orToast(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (thrown) {
    showToast(readFailure(thrown).detail, { tone: 'danger' });
    return false;
  }
}
