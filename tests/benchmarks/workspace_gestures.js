// Gestures that take place inside the page, one step for each frame: what is measured is the page, and not how fast
// events reach the browser. An expression, for `page.evaluate`: it makes `window.gestures`.
() => {
  const canvas = () => document.querySelector("[data-workspace]");

  const middle = () => {
    const { left, top, width, height } = canvas().getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2, reach: Math.min(width, height) / 4 };
  };

  const pointer = (type, { x, y }, button) =>
    canvas().dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        cancelable: true,
        pointerId: 1,
        isPrimary: true,
        pointerType: "mouse",
        clientX: x,
        clientY: y,
        button: type === "pointermove" ? -1 : button,
        buttons: type === "pointerup" ? 0 : button === 1 ? 4 : 1,
        pressure: type === "pointerup" ? 0 : 0.5,
      }),
    );

  /** Times between frames, in ms, while `act(step)` is done once in each. */
  const timeFrames = (count, act) =>
    new Promise((resolve) => {
      const intervals = [];
      let last = null;
      const frame = (now) => {
        if (last !== null) intervals.push(now - last);
        last = now;
        if (intervals.length >= count) return resolve(intervals);
        act(intervals.length);
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });

  /** A figure of eight around the middle of the canvas: it comes back to where it began. */
  const eight = (step, period) => {
    const { x, y, reach } = middle();
    const angle = (2 * Math.PI * step) / period;
    return { x: x + reach * Math.sin(angle), y: y + (reach * Math.sin(2 * angle)) / 2 };
  };

  const drag = async (button, frames) => {
    pointer("pointerdown", eight(0, frames), button);
    const intervals = await timeFrames(frames, (step) => pointer("pointermove", eight(step, frames / 2), button));
    pointer("pointerup", eight(0, frames), button);
    return intervals;
  };

  const afterFrame = () =>
    new Promise((resolve) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      }),
    );

  window.gestures = {
    pan: (frames) => drag(1, frames),
    brush: (frames) => drag(0, frames),
    /** In and out again, 4 % with each frame. */
    zoom: (frames) =>
      timeFrames(frames, (step) => {
        const { x, y } = middle();
        const isIn = step % 80 < 40;
        canvas().dispatchEvent(
          new WheelEvent("wheel", {
            bubbles: true,
            cancelable: true,
            clientX: x,
            clientY: y,
            deltaY: isIn ? -22 : 22,
            ctrlKey: true,
          }),
        );
      }),
    /** From Enter to the end of the frame that shows the accepted mask; the next click may come then. */
    accept: async () => {
      const start = performance.now();
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
      return (await afterFrame()) - start;
    },
    /** From a key to the moment when the other image is seen and clicks on it are answered; throws if that never comes. */
    next: async (key, imageId) => {
      const start = performance.now();
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      const isThere = ({ dataset }) =>
        dataset.imageId === imageId && dataset.imageState === "ready" && dataset.embeddingState === "ready";
      while (!isThere(canvas())) {
        await new Promise((resolve) => setTimeout(resolve, 2));
        const waits = performance.now() - start > 20_000;
        if (waits) throw new Error(`image ${imageId} was not opened: ${JSON.stringify(canvas().dataset)}`);
      }
      return (await afterFrame()) - start;
    },
  };
}
