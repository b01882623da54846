import { decompressRTF } from '@kenjiuno/decompressrtf';
import type { FieldsData } from '@kenjiuno/msgreader';
import * as outlook from '@kenjiuno/msgreader';
import PostalMime, { type Address } from 'postal-mime';
import { Unreadable } from './limits.ts';
import { textOfMarkup } from './markup.ts';
import { textOfRtf } from './rtf.ts';

interface OutlookMail {
  getFileData(): FieldsData;
  getAttachment(attachment: FieldsData): { readonly fileName: string; readonly content: Uint8Array };
}
type MakeOutlookMail = new (bytes: ArrayBuffer) => OutlookMail;
/** In Node, the package's default export is nested one level deeper than with a bundler. */
const { default: outer } = outlook as unknown as { default: MakeOutlookMail | { default: MakeOutlookMail } };
const MsgReader = typeof outer === 'function' ? outer : outer.default;

export interface MailText {
  readonly text: string;
  readonly attached: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** Header fields that programs write, or that are read separately. */
const OF_MAILS =
  /^(?:from|to|cc|bcc|subject|date|sender|reply-to|received|received-spf|return-path|delivered-to|message-id|references|in-reply-to|mime-version|content-.*|list-.*|dkim-.*|domainkey-.*|arc-.*|authentication-results|x-.*|thread-.*|precedence|auto-submitted)$/iu;

/** An email message: headers, text and attachments. Throws {@link Unreadable}. */
export async function mailText(bytes: Uint8Array): Promise<MailText> {
  let mail: Awaited<ReturnType<typeof PostalMime.parse>>;
  try {
    mail = await PostalMime.parse(bytes, {
      attachmentEncoding: 'arraybuffer',
      forceRfc822Attachments: true,
      maxNestingDepth: 30,
      maxHeadersSize: 1024 * 1024,
    });
  } catch {
    throw new Unreadable('damaged');
  }
  const { headers, subject, from, to = [], cc = [], bcc = [], text, html, attachments } = mail;
  const people = [from, ...to, ...cc, ...bcc].flatMap((one) => (one === undefined ? [] : [named(one)]));
  // Include unknown headers: something that only looks like a message may contain anything there.
  const notes = headers.flatMap(({ key, value }) => (OF_MAILS.test(key) ? [] : [`${key}: ${value}`]));
  return {
    text: [subject ?? '', ...people, ...notes, body(text ?? '', html ?? '')].join('\n'),
    attached: attachments.map(({ filename, mimeType, content }, at) => ({
      name: filename ?? (mimeType === 'message/rfc822' ? `mail ${at + 1}.eml` : `part ${at + 1}`),
      bytes: typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content),
    })),
  };
}

const named = ({ name, address }: Address) =>
  [name, address].filter((one) => one !== undefined && one !== '').join(' ');

/** An Outlook message (.msg). Throws {@link Unreadable}. */
export function msgText(bytes: Uint8Array): MailText {
  try {
    const reader = new MsgReader(new Uint8Array(bytes).buffer);
    const mail = reader.getFileData();
    if (mail.error !== undefined) throw new Unreadable('damaged');
    return {
      text: msgBody(mail),
      attached: (mail.attachments ?? []).map((one, at) => {
        const { fileName, content } = reader.getAttachment(one);
        return {
          name: fileName || `part ${at + 1}${one.innerMsgContent === true ? '.msg' : ''}`,
          bytes: content,
        };
      }),
    };
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('damaged');
  }
}

function msgBody({
  subject,
  senderName,
  senderEmail,
  recipients = [],
  body: text,
  bodyHtml,
  html,
  compressedRtf,
}: FieldsData): string {
  const people = [
    `${senderName ?? ''} ${senderEmail ?? ''}`,
    ...recipients.map(({ name, email }) => `${name ?? ''} ${email ?? ''}`),
  ];
  const markup = bodyHtml ?? (html === undefined ? '' : new TextDecoder().decode(html));
  // Some messages have their text as RTF only. Otherwise it repeats the HTML or the text.
  const rich =
    compressedRtf === undefined || markup !== '' || (text ?? '').trim() !== ''
      ? ''
      : textOfRtf(new TextDecoder('windows-1252').decode(Uint8Array.from(decompressRTF([...compressedRtf]))))
          .text;
  return [subject ?? '', ...people, body(text ?? '', markup), rich].join('\n');
}

/** The HTML, and those lines of the text that contain a word missing from it, because both are mostly the same. */
function body(text: string, html: string): string {
  if (html === '') return text;
  const shown = textOfMarkup(html);
  const words = new Set(shown.split(/\s+/u));
  const more = text
    .split('\n')
    .filter((line) => line.split(/\s+/u).some((word) => word !== '' && !words.has(word)));
  return [shown, ...more].join('\n');
}
