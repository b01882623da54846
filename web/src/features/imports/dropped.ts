import type { FoundFile } from './uploads.ts';

/** What was dropped or chosen, folders with all that is in them, each file under its path. */
export async function filesDropped(transfer: DataTransfer): Promise<readonly FoundFile[]> {
  // Entries have to be taken before anything is waited for; after that the browser forgets them.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  const plain = [...transfer.files];
  const found: FoundFile[] = [];
  const [only, ...others] = entries;
  // Of one folder alone its own name says nothing; several are told apart by it.
  const alone = only !== null && only !== undefined && others.length === 0 && isDirectory(only);
  if (alone) await inside(only, '', found);
  else for (const entry of entries) if (entry !== null) await visit(entry, '', found);
  return found.length > 0 ? found : plain.map((file) => ({ name: file.name, file }));
}

/** What a file chooser gives; of a folder, each file under its path. */
export function filesChosen(list: FileList | null): readonly FoundFile[] {
  return [...(list ?? [])].map((file) => ({ name: below(file.webkitRelativePath) || file.name, file }));
}

/** The path without the folder itself, whose name says nothing. */
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
