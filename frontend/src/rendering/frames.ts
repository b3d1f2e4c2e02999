/** Calls back in the first task after an animation frame in which this is called: the frame is handed over to be shown. */
export function afterFrame(callback: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    callback();
  };
  port2.postMessage(null);
}

/** Resolves when what was asked to be drawn is handed over to be shown. */
export function afterNextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => afterFrame(resolve)));
}
