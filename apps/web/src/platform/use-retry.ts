'use client';

import { useRouter } from 'next/navigation';
import { startTransition } from 'react';

/** For the button of an error boundary: asks the server anew, then leaves the error behind. `reset` alone shows the same answer again. */
export function useRetry(reset: () => void): () => void {
  const router = useRouter();
  return () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
}
