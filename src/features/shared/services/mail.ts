export interface Message {
  readonly to: string;
  readonly subject: string;
  /** Where an answer goes; left out: to the sender. One plain address. */
  readonly replyTo?: string;
  /** Plain text. A message never carries the content of a finding, only a count and a link. */
  readonly text: string;
  readonly attachments?: readonly {
    readonly fileName: string;
    readonly mediaType: string;
    readonly bytes: Uint8Array;
  }[];
}

/** Mail through the server that the workspace's settings name. */
export interface Mail {
  /** false: nobody has set up mail yet, so links are shown to be copied instead. */
  configured(): Promise<boolean>;
  /** Throws a sentence for a person where the message could not be handed over. */
  send(message: Message): Promise<void>;
}
