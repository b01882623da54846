import { DOMParser, onErrorStopParsing } from '@xmldom/xmldom';
import { type PlistValue, parse } from 'plist';
import { DeviceFileError } from './problem.ts';

/** Text in UTF-8 or UTF-16, else in the old code page of Windows. */
export function textOf(bytes: Uint8Array): string {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[1] === 0 && bytes[0] !== 0);
  try {
    return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Reads a property list, or says in a sentence why it is none. */
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

/** A property list as XML; one that defines entities of its own is refused. */
export function plistOf(xml: string): PlistValue {
  // Apple's own files name a document type and define nothing in it.
  if (definesEntities(xml))
    throw new DeviceFileError(
      'The property list defines its own entities, which none of Apple’s programs does.',
    );
  if (!/<plist[\s>]/.test(xml)) throw new DeviceFileError('The file is XML and no property list.');
  // Looked through first by a parser that stops at a fault, since the reader of property lists writes faults to the log.
  new DOMParser({ onError: onErrorStopParsing }).parseFromString(xml, 'text/xml');
  return parse(xml);
}

/** A document type with definitions in it. Only the first counts; a second one is a fault of its own. */
function definesEntities(xml: string): boolean {
  const at = xml.search(/<!DOCTYPE/i);
  return /<!ENTITY/i.test(xml) || (at >= 0 && /^[^>[]*\[/.test(xml.slice(at)));
}

export function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 160) ?? '';
}
