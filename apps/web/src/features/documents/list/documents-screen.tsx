'use client';

import type { DocumentStatus } from '@repo/contracts/documents';
import { useEffect } from 'react';
import { showToast } from '@/components/toast-store';
import { acceptedEndings, type UploadRules } from '../upload/check-file';
import { DropZone } from '../upload/drop-zone';
import { isUnderWay } from '../upload/upload-state';
import { uploads } from '../upload/uploads';
import { DocumentTable } from './document-table';
import type { FirstPage } from './use-document-list';

interface DocumentsScreenProps {
  first: FirstPage;
  status: DocumentStatus | null;
  rules: UploadRules;
}

/** All documents of the organization, those on their way on top; files can be dropped anywhere. */
export function DocumentsScreen({ first, status, rules }: DocumentsScreenProps) {
  const hint = `PDF, Word, Markdown, HTML or plain text, up to ${Math.floor(rules.maxBytes / 1024 / 1024)} MB each.`;
  const onFiles = (files: File[]) => uploads().add(files, rules);
  useLeaveTidily();
  return (
    <>
      <DropZone hint={hint} onFiles={onFiles} />
      <DocumentTable key={status} first={first} status={status} hint={hint} accept={acceptedEndings(rules)} onFiles={onFiles} />
    </>
  );
}

/** Leaving for another page of the app keeps uploads going, says so, and tidies away what is done. */
function useLeaveTidily(): void {
  useEffect(
    () => () => {
      const underWay = uploads().read().filter(isUnderWay).length;
      if (underWay > 0) showToast(`${underWay === 1 ? 'One file goes' : `${underWay} files go`} on uploading while you are elsewhere.`);
      uploads().dropSettled();
    },
    [],
  );
}
