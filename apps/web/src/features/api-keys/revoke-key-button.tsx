'use client';

import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { callApi } from '@/api/browser';
import { IconButton } from '@/components/button';
import { ConfirmDialog } from '@/components/dialog';
import { FailureNotice } from '@/components/failure-notice';
import { showToast } from '@/components/toast-store';
import { useAction } from '@/platform/use-action';

/** Makes a key worthless, after a question. */
export function RevokeKeyButton({ apiKeyId, name }: { apiKeyId: string; name: string }) {
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const action = useAction(async () => {
    await callApi('DELETE /api/v1/api-keys/{apiKeyId}', { params: { apiKeyId } });
    setAsking(false);
    showToast(`The key ${name} was revoked.`);
    router.refresh();
  });
  return (
    <>
      <IconButton label={`Revoke ${name}`} onClick={() => setAsking(true)}>
        <Trash2 aria-hidden />
      </IconButton>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Revoke ${name}?`}
        description="Programs that use this key are refused within a minute. It cannot be brought back."
        action="Revoke"
        busy={action.busy}
        onConfirm={() => void action.run()}
      >
        {action.failure === undefined ? null : <FailureNotice failure={action.failure} />}
      </ConfirmDialog>
    </>
  );
}
