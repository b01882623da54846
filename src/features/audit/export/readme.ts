import { dayWords } from '#domain/text/words.ts';

interface ReadmeFacts {
  /** What the file is called that is to be proved. */
  readonly file: string;
  readonly client: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly zone: string;
  readonly takenAt: string;
  readonly takenBy: string;
  readonly evidence: 'with' | 'without';
  readonly assessment: boolean;
  readonly head: { readonly seq: number; readonly hash: string };
}

/** What lies in the archive and how to prove it, for someone who has never seen Bylaw. */
export function readmeText(facts: ReadmeFacts): string {
  const whose = facts.client === null ? 'the workspace' : facts.client.replace(/\s+/g, ' ');
  const range =
    facts.from === null && facts.to === null
      ? 'All records, from the first one on.'
      : `Records ${facts.from === null ? 'from the first one on' : `from ${dayWords(facts.from)}`}${
          facts.to === null ? '' : ` up to ${dayWords(facts.to)}`
        } (days in ${facts.zone}). The records from the first to the last are complete, so a record whose clock was slightly wrong may be among them.`;
  return `Audit log of ${whose}

Taken on ${facts.takenAt} by ${facts.takenBy}.
${range}

WHAT IS IN IT

README.txt       this text
audit.jsonl      one record per line: who did what to what, when, why, before and after
${facts.assessment ? 'assessment-results.json\n                 the verdict of each control when this was taken, as NIST OSCAL\n' : ''}${evidenceLine(facts)}manifest.json    client, range, person and time of this export, and size and SHA-256 of each file
manifest.sha256  SHA-256 of manifest.json

HOW TO PROVE IT

On any machine that has Bylaw; no server and no password are needed:

    bylaw audit verify ${facts.file}

It computes every hash again and says that all of them match, or where the first one does not.
A change to a single byte anywhere in the archive is detected.

WITHOUT BYLAW

Each line of audit.jsonl is {"prev":"…","hash":"…","record":{…}}. The hash of a record
is the SHA-256 of: the 64 characters of "prev", a line feed, and the text of the record
exactly as it is written between "record": and the last brace of the line. "prev" is the
hash of the previous record; before record 1 it is 64 zeros. In Python, in the unpacked
folder:

    import hashlib
    before = None
    for line in open("audit.jsonl", encoding="utf-8", newline="\\n"):
        prev, found, text = line[9:73], line[83:147], line[158:-2]
        due = hashlib.sha256((prev + "\\n" + text).encode("utf-8")).hexdigest()
        assert found == due and before in (None, prev), line
        before = found
    print("whole; the last hash is", before)

WHAT IT PROVES, AND WHAT IT DOES NOT

It proves that these are the records of this chain in their order, and that none of them
was changed, inserted or removed. By itself, it cannot prove that no later records
existed, or that someone with control over the whole server did not write a new chain
from the start. For that, compare it with a hash that was noted elsewhere: the console
shows the last hash of the chain.

    bylaw audit verify ${facts.file} --head HASH

says whether a noted hash is part of this chain. If the server emails or writes heads of
its logs, or forwards them to another system, --heads FILE compares all of them. When
this export was taken, the last record of the chain was number ${facts.head.seq}, with the hash

    ${facts.head.hash}

Evidence that was removed by retention is listed in manifest.json with the number of the
record that says so. It counts as accounted for only if that record is in this export,
was written by Bylaw itself and names the file by its SHA-256.
`;
}

function evidenceLine({ client, evidence }: ReadmeFacts): string {
  if (client === null) return '';
  return evidence === 'with'
    ? 'evidence/        the files that were kept as evidence, each named by its SHA-256\n'
    : 'evidence/        not here: taken without the evidence files; manifest.json lists them\n';
}
