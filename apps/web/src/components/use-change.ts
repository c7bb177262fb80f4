'use client';

import { useRouter } from 'next/navigation';
import { orToast } from './or-toast';
import { showToast } from './toast-store';

/** For menus of a list: changes something, then says what was done and shows the page as it is now; or says why not. */
export function useChange(): (done: string, act: () => Promise<unknown>) => Promise<void> {
  const router = useRouter();
  return async (done, act) => {
    if (!(await orToast(act))) return;
    showToast(done);
    router.refresh();
  };
}
