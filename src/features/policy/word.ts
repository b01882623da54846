import type { PolicyContent } from '#domain/policy/content.ts';
import type { PolicyPaper } from './docx.ts';

/** A policy as a Word document. The library is loaded on first use, since it takes several megabytes. */
export async function policyDocx(content: PolicyContent, paper: PolicyPaper): Promise<Uint8Array> {
  const { writePolicy } = await import('./docx.ts');
  return writePolicy(content, paper);
}
// Guide: G8-00
