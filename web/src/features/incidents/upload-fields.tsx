import { TextInput, type TextInputProps } from '@mantine/core';

const NOT_REPORTED = 'If left empty: not reported';

/** The uploaded file, what was found in it, and on which device. */
export function UploadFields({
  text,
}: {
  readonly text: (name: 'fileName' | 'pattern' | 'device') => TextInputProps;
}) {
  return (
    <>
      <TextInput label="File" description={NOT_REPORTED} maxLength={1000} {...text('fileName')} />
      <TextInput
        label="What was found"
        description={`Give the names of rules or policies, never what matched. ${NOT_REPORTED}`}
        maxLength={1000}
        {...text('pattern')}
      />
      <TextInput label="Device" description={NOT_REPORTED} maxLength={1000} {...text('device')} />
    </>
  );
}
// Guide: G7.2-09
