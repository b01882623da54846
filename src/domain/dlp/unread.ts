/** Why a file, or part of one, was not scanned. Content that was not scanned never counts as clean. */
export const UNREAD_REASONS = [
  'protected',
  'picture',
  'media',
  'scanned',
  'form',
  'old_office',
  'packed_otherwise',
  'unknown_kind',
  'damaged',
  'too_large',
  'too_deep',
  'too_many',
  'expands',
  'encoded',
  'time',
] as const;
export type UnreadReason = (typeof UNREAD_REASONS)[number];

export interface Unread {
  /** Location: file name, and the path to the part within it, separated by " > ". */
  readonly path: string;
  readonly why: UnreadReason;
}

export const UNREAD_WORDS: Readonly<Record<UnreadReason, string>> = {
  protected: 'It is protected by a password or encrypted, and was not read.',
  picture: 'A picture. Its content was not read, so look at it yourself.',
  media: 'Sound or video. Its content was not read.',
  scanned: 'It has no text. It may be a scanned page or a picture, so look at it yourself.',
  form: 'A form of a kind that cannot be read here. Print it to a new PDF, and check that.',
  old_office:
    'A file of an old Office version or a binary workbook, which cannot be read here. Save it in the current format.',
  packed_otherwise: 'An archive of a kind that cannot be opened here. Unpack it, and check what is in it.',
  unknown_kind: 'A kind of file that cannot be read here.',
  damaged: 'It is damaged, or not what it claims to be, and was not read.',
  too_large: 'It is too large to be read in one go. Check it in parts.',
  too_deep: 'It is nested in too many archives and was not opened.',
  too_many: 'There are too many files to be read in one go. Check them in parts.',
  expands: 'It unpacks to far more than it should, and was not read.',
  encoded: 'The text contains a file as Base64, which was not read. Save the file itself, and check that.',
  time: 'The time was up before it was read.',
};
