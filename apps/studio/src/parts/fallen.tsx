/** Stands where a part of the page broke: never a blank page, and what is written is not touched. */
import { Component, type ReactNode } from "react";
import { Failed } from "./waiting";

interface FallenProps {
  readonly children: ReactNode;
}

export class Fallen extends Component<FallenProps, { readonly message: string | undefined }> {
  override state: { readonly message: string | undefined } = { message: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { message } = this.state;
    if (message === undefined) return this.props.children;
    const again = () => this.setState({ message: undefined });
    return <Failed failure={{ kind: "defect", message }} again={again} />;
  }
}
