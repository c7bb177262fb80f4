'use client';

import { useRouter } from 'next/navigation';
import { startTransition } from 'react';
import { readFailure } from '@/api/read-failure';
import { Button } from '@/components/button';
import { FailureState } from '@/components/failure-state';

/** A page of the signed-in part that failed; the rail stays, so the reader can go elsewhere. */
export default function AppErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  const router = useRouter();
  const retry = () =>
    startTransition(() => {
      // The failure came from the server: ask it again, then leave the error behind.
      router.refresh();
      reset();
    });
  return (
    <FailureState
      failure={readFailure(error)}
      action={
        <Button variant="primary" onClick={retry}>
          Try again
        </Button>
      }
    />
  );
}
