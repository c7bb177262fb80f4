'use client';

import { KeyRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { CreateKeyForm } from './create-key-form';
import { NewKey } from './new-key';

/** Creates a key and shows it, once. */
export function CreateKeyButton() {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [created, setCreated] = useState<string>();
  const close = () => {
    setOpen(false);
    // The list shows the new key only when its secret is out of sight, so that closing never loses sight of it.
    if (created !== undefined) router.refresh();
    setCreated(undefined);
  };
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <KeyRound aria-hidden /> Create key
      </Button>
      <Dialog
        open={open}
        onClose={close}
        title={created === undefined ? 'Create an API key' : 'Your new key'}
        description={created === undefined ? undefined : 'Copy it now. It is shown this once; we store only its hash.'}
      >
        {created === undefined ? <CreateKeyForm onCreated={setCreated} onCancel={close} /> : <NewKey value={created} onDone={close} />}
      </Dialog>
    </>
  );
}
