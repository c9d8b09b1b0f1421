import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.resolve.DirectoryCodeResolver;
import java.nio.file.Path;

/**
 * Makes Java of the templates of the report, in the package of what they show. The build runs it from its source before it
 * compiles: jte's own plug-in brings the support for templates in another language.
 */
final class GenerateTemplates {
    private GenerateTemplates() {}

    /** Takes the directory of the templates, and that of the sources it makes. */
    public static void main(String[] arguments) {
        TemplateEngine templates = TemplateEngine.create(
                new DirectoryCodeResolver(Path.of(arguments[0])),
                Path.of(arguments[1]),
                ContentType.Html,
                null,
                "dev.lenet.report");
        templates.setTrimControlStructures(true);
        templates.generateAll();
    }
}
