package dev.redoubt.controller.apply;

/** An object that Redoubt needs cannot be made, because another one has its name. */
public class NameTakenException extends RuntimeException {
    /**
     * @param kind kind of the object
     * @param name name of the object
     */
    public NameTakenException(String kind, String name) {
        super(kind + " " + name + " exists and belongs to something else; delete it or rename the pipeline's part");
    }
}
