'use client';

import type { Document } from '@repo/contracts/documents';
import { Download, Ellipsis, Pencil, RefreshCw, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { IconButton } from '@/components/button';
import { Menu, MenuItem, MenuLine } from '@/components/menu';
import { orToast } from '@/components/or-toast';
import { DeleteDialog } from './delete-dialog';
import { downloadDocument, reprocessDocument } from './document-actions';
import { RenameDialog } from './rename-dialog';

interface DocumentMenuProps {
  document: Document;
  onChanged: (document: Document) => void;
  onDeleted: () => void;
}

/** Everything that can be done with a document. */
export function DocumentMenu({ document, onChanged, onDeleted }: DocumentMenuProps) {
  const [asking, setAsking] = useState<'rename' | 'delete' | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const close = () => {
    setAsking(null);
    // The menu item that had the focus is gone; its button is the place to go on from.
    requestAnimationFrame(() => trigger.current?.focus());
  };
  const settled = document.status === 'ready' || document.status === 'failed';
  return (
    <>
      <Menu
        trigger={
          <IconButton ref={trigger} label={`Actions for ${document.title}`}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => setAsking('rename')}>
          <Pencil aria-hidden /> Rename
        </MenuItem>
        {document.source === 'uploaded' && document.status !== 'uploading' ? (
          <MenuItem onSelect={() => void orToast(() => downloadDocument(document.id))}>
            <Download aria-hidden /> Download
          </MenuItem>
        ) : null}
        {settled ? (
          <MenuItem onSelect={() => void orToast(async () => onChanged(await reprocessDocument(document.id)))}>
            <RefreshCw aria-hidden /> Read again
          </MenuItem>
        ) : null}
        <MenuLine />
        <MenuItem danger onSelect={() => setAsking('delete')}>
          <Trash2 aria-hidden /> Delete
        </MenuItem>
      </Menu>
      {asking === 'rename' ? <RenameDialog document={document} open onClose={close} onRenamed={onChanged} /> : null}
      {asking === 'delete' ? <DeleteDialog document={document} open onClose={close} onDeleted={onDeleted} /> : null}
    </>
  );
}
