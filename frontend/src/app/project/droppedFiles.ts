/** The files of a drop, those inside dropped folders included; hidden files (.DS_Store) are left out. */
export async function filesOf(transfer: DataTransfer): Promise<File[]> {
  const items = Array.from(transfer.items).filter((item) => item.kind === "file");
  // Both must be read before the first await: afterwards the browser has emptied the transfer.
  const entries = items.map((item) => item.webkitGetAsEntry?.() ?? null);
  const files = items.map((item) => item.getAsFile());
  const found = await Promise.all(
    entries.map((entry, index): Promise<File[]> | File[] => {
      if (entry?.isDirectory) return filesBelow(entry as FileSystemDirectoryEntry);
      const file = files[index];
      return file ? [file] : [];
    }),
  );
  return found.flat();
}

async function filesBelow(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const reader = folder.createReader();
  const files: File[] = [];
  for (;;) {
    // A reader gives up to a hundred entries at a time, and none at the end.
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return files;
    for (const entry of entries) {
      if (entry.name.startsWith(".")) continue;
      if (entry.isDirectory) files.push(...(await filesBelow(entry as FileSystemDirectoryEntry)));
      else files.push(await fileOf(entry as FileSystemFileEntry));
    }
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
