import type { FoundFile } from './uploads.ts';

/** Files that were dropped or chosen, including those in folders, each under its path. */
export async function filesDropped(transfer: DataTransfer): Promise<readonly FoundFile[]> {
  // Entries must be read before the first await; the browser clears them afterwards.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  const plain = [...transfer.files];
  const found: FoundFile[] = [];
  const [only, ...others] = entries;
  // The name of a single folder carries no information; with several folders the names distinguish them.
  const alone = only !== null && only !== undefined && others.length === 0 && isDirectory(only);
  if (alone) await inside(only, '', found);
  else for (const entry of entries) if (entry !== null) await visit(entry, '', found);
  return found.length > 0 ? found : plain.map((file) => ({ name: file.name, file }));
}

/** Files from a file input; for a folder, each file under its path. */
export function filesChosen(list: FileList | null): readonly FoundFile[] {
  return [...(list ?? [])].map((file) => ({ name: below(file.webkitRelativePath) || file.name, file }));
}

/** Path without the name of the chosen folder. */
function below(path: string): string {
  return path.slice(path.indexOf('/') + 1);
}

async function visit(entry: FileSystemEntry, above: string, found: FoundFile[]): Promise<void> {
  if (entry.name.startsWith('.')) return;
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    found.push({ name: `${above}${entry.name}`, file });
    return;
  }
  if (isDirectory(entry)) await inside(entry, `${above}${entry.name}/`, found);
}

async function inside(entry: FileSystemDirectoryEntry, path: string, found: FoundFile[]): Promise<void> {
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise<readonly FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return;
    for (const inner of some) await visit(inner, path, found);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
