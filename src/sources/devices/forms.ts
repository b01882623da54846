import { DOMParser, onErrorStopParsing } from '@xmldom/xmldom';
import { type PlistValue, parse } from 'plist';
import { DeviceFileError } from './problem.ts';

/** Decodes UTF-8 or UTF-16, otherwise the legacy Windows code page. */
export function textOf(bytes: Uint8Array): string {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[1] === 0 && bytes[0] !== 0);
  try {
    return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Parses a property list. Throws an error with one sentence if it is invalid. */
export function asPlist(read: () => PlistValue): PlistValue {
  try {
    return read();
  } catch (error) {
    if (error instanceof DeviceFileError) throw error;
    throw new DeviceFileError(
      `The file is not a readable property list (${firstLine(error)}). Export it again.`,
    );
  }
}

/** Parses an XML property list; one that defines entities is rejected. */
export function plistOf(xml: string): PlistValue {
  // Apple's own files have a document type without definitions.
  if (definesEntities(xml))
    throw new DeviceFileError(
      'The property list defines its own entities, which none of Apple’s programs does.',
    );
  if (!/<plist[\s>]/.test(xml)) throw new DeviceFileError('The file is XML and no property list.');
  // Parsed first by a parser that stops at errors, because the property list parser logs them.
  new DOMParser({ onError: onErrorStopParsing }).parseFromString(xml, 'text/xml');
  return parse(xml);
}

/** Whether a document type contains definitions. Only the first one counts; a second is an error anyway. */
function definesEntities(xml: string): boolean {
  const at = xml.search(/<!DOCTYPE/i);
  return /<!ENTITY/i.test(xml) || (at >= 0 && /^[^>[]*\[/.test(xml.slice(at)));
}

export function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 160) ?? '';
}
