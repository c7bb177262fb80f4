/** More than this at once is a mistake of the hand more often than a wish. */
const maxFilesPerDrop = 500;

/**
 * The files of a drop, those inside of dropped folders too. Hidden files, which a system puts into folders by
 * itself, are left out. Must be called within the drop event.
 */
export async function collectDroppedFiles(transfer: DataTransfer): Promise<File[]> {
  // The items are gone after the event: take the entries now, read them later.
  const entries = [...transfer.items].filter((item) => item.kind === 'file').map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  const files: File[] = [];
  for (const entry of entries) {
    if (entry instanceof File) files.push(entry);
    else if (entry) await addEntry(entry, files);
  }
  return files;
}

async function addEntry(entry: FileSystemEntry, files: File[]): Promise<void> {
  if (files.length >= maxFilesPerDrop) return;
  if (isFileEntry(entry)) {
    files.push(await new Promise<File>((resolve, reject) => entry.file(resolve, reject)));
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader hands out at most some hundred entries at a time, and an empty list at the end.
  for (let batch = await readBatch(reader); batch.length > 0; batch = await readBatch(reader)) {
    for (const inner of batch) {
      if (!inner.name.startsWith('.')) await addEntry(inner, files);
    }
  }
}

async function readBatch(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}
