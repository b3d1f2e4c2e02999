import type { Annotation } from "../../document";
import type { ConflictChoice } from "../../editor";
import type { SizeHw } from "../../geometry";
import type { ImagePixels } from "../../rendering";
import { Button, Dialog } from "../components";
import styles from "./ConflictDialog.module.css";
import { MaskPreview } from "./preview/MaskPreview";
import { regionAround, unionOf } from "./preview/region";

const WIDTH = 280;
const HEIGHT = 210;

export interface ConflictDialogProps {
  readonly filename: string;
  readonly pixels: ImagePixels | null;
  /** Null: deleted on that side. */
  readonly mine: Annotation | null;
  readonly theirs: Annotation | null;
  readonly categoryOf: (id: number) => { readonly name: string; readonly color: string } | null;
  /** How many more wait behind this one. */
  readonly more: number;
  readonly onChoose: (choice: ConflictChoice) => void;
  /** Later: both are kept until then. */
  readonly onClose: () => void;
}

/** Both sides of an annotation that two people changed, and the question which one shall stay. */
export function ConflictDialog(props: ConflictDialogProps) {
  const { filename, mine, theirs, more, onChoose, onClose } = props;
  const imageHw = (mine ?? theirs)?.rle.size ?? [1, 1];
  const boxes = [mine, theirs].flatMap((side) => (side ? [side.bboxXywh] : []));
  const region = regionAround(unionOf(boxes) ?? [0, 0, imageHw[1], imageHw[0]], imageHw, WIDTH / HEIGHT);
  const shared = { pixels: props.pixels, imageHw, region, categoryOf: props.categoryOf };
  return (
    <Dialog
      title="Somebody else changed this annotation"
      size="medium"
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Decide later
          </Button>
          <Button onClick={() => onChoose("theirs")}>Take theirs</Button>
          <Button variant="primary" onClick={() => onChoose("mine")}>
            Keep mine
          </Button>
        </>
      }
    >
      <p className={styles.text}>
        In <strong>{filename}</strong> you and somebody else (or you, in another window) changed the same annotation.
        Nothing has been overwritten: choose which one stays.
        {more > 0 && ` ${more} more after this one.`}
      </p>
      <div className={styles.sides}>
        <Side title="Mine" annotation={mine} {...shared} />
        <Side title="Theirs" annotation={theirs} {...shared} />
      </div>
    </Dialog>
  );
}

interface SideProps {
  readonly title: string;
  readonly annotation: Annotation | null;
  readonly pixels: ImagePixels | null;
  readonly imageHw: SizeHw;
  readonly region: readonly [number, number, number, number];
  readonly categoryOf: ConflictDialogProps["categoryOf"];
}

function Side({ title, annotation, pixels, imageHw, region, categoryOf }: SideProps) {
  const category = annotation && (categoryOf(annotation.categoryId) ?? { name: "Unknown category", color: "#8b919c" });
  return (
    <figure className={styles.side}>
      <div className={styles.picture} data-deleted={!annotation || undefined}>
        <MaskPreview
          label={annotation ? `${title}: the mask` : `${title}: deleted`}
          width={WIDTH}
          height={HEIGHT}
          pixels={pixels}
          imageHw={imageHw}
          region={region}
          mask={annotation && { kind: "rle", rle: annotation.rle }}
          color={category?.color ?? "#8b919c"}
        />
      </div>
      <figcaption>
        <strong>{title}</strong>
        {annotation && category ? (
          <span className={styles.facts}>
            <span className={styles.swatch} style={{ background: category.color }} />
            {category.name} · {annotation.area.toLocaleString("en")} px
          </span>
        ) : (
          <span className={styles.facts}>deleted</span>
        )}
      </figcaption>
    </figure>
  );
}
