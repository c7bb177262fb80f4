'use client';

import { useState } from 'react';
import { callApi } from '@/api/browser';
import { ActionForm, type FormFields } from '@/components/action-form';
import { Button } from '@/components/button';
import { DialogActions } from '@/components/dialog';
import { SelectField, TextField } from '@/components/field';
import { useAction } from '@/platform/use-action';

const lifetimes = [
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
  { days: 365, label: 'One year' },
  { days: null, label: 'Never' },
];

/** Name and lifetime of a new key. */
export function CreateKeyForm({ onCreated, onCancel }: { onCreated: (key: string) => void; onCancel: () => void }) {
  const [intent] = useState(newIntent);
  const action = useAction(async (fields: FormFields) => {
    const expiresInDays = fields('lifetime') === '' ? null : Number(fields('lifetime'));
    const { key } = await callApi('POST /api/v1/api-keys', {
      body: { name: fields('name').trim(), expiresInDays },
      idempotencyKey: intent,
    });
    onCreated(key);
  });
  return (
    <ActionForm action={action}>
      <TextField label="Name" name="name" required maxLength={60} hint="What uses it, such as “Nightly import”." autoComplete="off" />
      <SelectField label="Expires after" name="lifetime" defaultValue="90">
        {lifetimes.map(({ days, label }) => (
          <option key={label} value={days ?? ''}>
            {label}
          </option>
        ))}
      </SelectField>
      <DialogActions>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" busy={action.busy}>
          Create key
        </Button>
      </DialogActions>
    </ActionForm>
  );
}

/** `crypto.randomUUID` is missing on plain http, where a self-hosted copy may run. */
function newIntent(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
