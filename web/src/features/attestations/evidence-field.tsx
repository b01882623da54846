import { TextInput } from '@mantine/core';

interface EvidenceFieldProps {
  readonly sha256: string | null;
  readonly onChange: (sha256: string | null) => void;
}

/** The file that proves it, named by its content. */
export function EvidenceField({ sha256, onChange }: EvidenceFieldProps) {
  return (
    <TextInput
      label="Evidence (optional)"
      description="SHA-256 of a file that is kept as evidence for this client."
      value={sha256 ?? ''}
      onChange={(event) => onChange(event.currentTarget.value.trim() || null)}
    />
  );
}
